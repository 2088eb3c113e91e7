package dev.postmaster.ctl;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.core.ChildKind;
import dev.postmaster.os.ProcStat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code pmctl ps}: the process tree, each with its state, its age, its client, and how the last of its kind ended. */
final class PsCommand {
    private static final List<String> HEAD = List.of("PID", "PROCESS", "STATE", "AGE", "CLIENT", "LAST EXIT");
    private static final String ENDED = "ended";

    private static final Set<String> PLURAL = Arrays.stream(ChildKind.values())
            .filter(ChildKind::isPlural)
            .map(ChildKind::childName)
            .collect(Collectors.toUnmodifiableSet());

    private final Processes processes;
    private final Screen screen;

    PsCommand(Processes processes, Screen screen) {
        this.processes = processes;
        this.screen = screen;
    }

    int run(Request request) {
        Inspection seen = Inspection.of(new Target(request.directory()), processes);
        screen.answer(Table.of(new Rows(seen).all()));
        seen.silence()
                .ifPresent(age -> screen.complain("the postmaster has not been seen at work for " + Ages.of(age)));
        return 0;
    }

    /** The rows of the table, in the making. */
    private static final class Rows {
        private final Inspection seen;
        private final Map<String, String> exits;
        private final List<List<String>> rows = new ArrayList<>(List.of(HEAD));

        Rows(Inspection seen) {
            this.seen = seen;
            this.exits =
                    new LinkedHashMap<>(seen.status().map(StatusFile::exits).orElse(Map.of()));
            exits.replaceAll((kind, exit) -> Ages.event(exit, seen.now()));
        }

        List<List<String>> all() {
            String state = seen.fact(StatusFile.Fact.STATE, "starting");
            String age = Ages.of(ProcStat.of(seen.postmaster()).age());
            rows.add(List.of(Integer.toString(seen.postmaster()), "postmaster", state, age, "", ""));
            addChildren(seen.postmaster(), "- ");
            exits.forEach((kind, exit) -> rows.add(List.of("", "- " + kind, ENDED, "", "", exit)));
            return rows;
        }

        /** How the last of a kind ended is told with its successor, if there is only one at a time. */
        private void addChildren(int parent, String indent) {
            for (ProcessTree.Entry child : seen.processes().childrenOf(parent)) {
                String exit = PLURAL.contains(child.kind()) ? null : exits.remove(child.kind());
                rows.add(List.of(
                        Integer.toString(child.pid()),
                        indent + seen.workerOf(child.pid()).orElseGet(() -> seen.kindOf(child)),
                        seen.sessions().state(child),
                        Ages.of(child.stat().age()),
                        seen.clientOf(child),
                        exit == null ? "" : exit));
                addChildren(child.pid(), "  " + indent);
            }
        }
    }
}
