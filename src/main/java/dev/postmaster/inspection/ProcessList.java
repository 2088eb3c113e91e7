package dev.postmaster.inspection;

import dev.postmaster.cluster.StatusFile;
import dev.postmaster.core.ChildKind;
import dev.postmaster.os.ProcStat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The process tree as a list, in the making: each process after its parent, and then the kinds of which none is left. */
final class ProcessList {
    private static final String ENDED = "ended";

    private static final Set<String> PLURAL = Arrays.stream(ChildKind.values())
            .filter(ChildKind::isPlural)
            .map(ChildKind::childName)
            .collect(Collectors.toUnmodifiableSet());

    private final Inspection seen;
    private final Map<String, String> exits;
    private final List<ProcessRow> rows = new ArrayList<>();

    private ProcessList(Inspection seen) {
        this.seen = seen;
        this.exits = new LinkedHashMap<>(seen.status().map(StatusFile::exits).orElse(Map.of()));
    }

    static List<ProcessRow> of(Inspection seen) {
        var list = new ProcessList(seen);
        String state = seen.fact(StatusFile.Fact.STATE, "starting");
        Duration age = ProcStat.of(seen.postmaster()).age();
        list.rows.add(new ProcessRow(seen.postmaster(), 0, 0, "postmaster", "postmaster", state, age, "", ""));
        list.addChildren(seen.postmaster(), 1);
        list.exits.forEach(
                (kind, exit) -> list.rows.add(new ProcessRow(0, 0, 1, kind, kind, ENDED, Duration.ZERO, "", exit)));
        return list.rows;
    }

    /** How the last of a kind ended is told with its successor, if there is only one at a time. */
    private void addChildren(int parent, int depth) {
        for (ProcessTree.Entry child : seen.processes().childrenOf(parent)) {
            String exit = PLURAL.contains(child.kind()) ? null : exits.remove(child.kind());
            String kind = seen.kindOf(child);
            rows.add(new ProcessRow(
                    child.pid(),
                    parent,
                    depth,
                    kind,
                    seen.workerOf(child.pid()).orElse(kind),
                    seen.sessions().state(child),
                    child.stat().age(),
                    seen.clientOf(child),
                    exit == null ? "" : exit));
            addChildren(child.pid(), depth + 1);
        }
    }
}
