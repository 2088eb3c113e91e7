package dev.postmaster;

import dev.postmaster.child.ChildBoot;
import dev.postmaster.ctl.Ctl;
import dev.postmaster.initdb.InitDb;
import dev.postmaster.launch.NativeImage;
import dev.postmaster.server.PostmasterMain;
import dev.postmaster.training.Training;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * One program for all roles: looks at the first argument before Quarkus exists. {@code --forkchild=…} is a child that the
 * postmaster launched, {@code init} creates a cluster, {@code ctl} controls a postmaster, {@code aot-cache} makes
 * children start faster, anything else is the postmaster itself.
 */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (NativeImage.isRunning()) {
            NativeImage.useUnpackedLibraries();
        }
        String first = arguments.length == 0 ? "" : arguments[0];
        if (first.startsWith("--fork")) {
            ChildBoot.run(arguments, ChildCatalog::required);
        } else if (first.equals("init")) {
            System.exit(InitDb.run(arguments));
        } else if (first.equals("ctl")) {
            System.exit(Ctl.run(arguments));
        } else if (first.equals("aot-cache")) {
            System.exit(Training.run());
        } else {
            PostmasterMain.run(arguments, ChildCatalog.existing());
        }
    }
}
