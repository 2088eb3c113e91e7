package dev.postmaster.ctl;

import dev.postmaster.initdb.InitDb;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code pmctl init}: what {@code init} does, in its words. */
final class InitCommand {
    private final Screen screen;

    InitCommand(Screen screen) {
        this.screen = screen;
    }

    int run(Request request) {
        List<String> arguments =
                new ArrayList<>(List.of("-D", request.directory().toString()));
        request.server()
                .options()
                .ifPresent(options -> arguments.addAll(List.of(options.strip().split("\\s+"))));
        PrintStream out = screen.isSilent() ? new PrintStream(OutputStream.nullOutputStream()) : screen.out();
        if (InitDb.run(arguments, out, screen.err()) != 0) {
            throw CtlFailure.of("database system initialization failed");
        }
        return 0;
    }
}
