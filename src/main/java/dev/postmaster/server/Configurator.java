package dev.postmaster.server;

import dev.postmaster.config.Guc;
import dev.postmaster.config.LogSettings;
import dev.postmaster.config.Reload;
import dev.postmaster.config.Settings;
import dev.postmaster.core.PmEvent;
import dev.postmaster.launch.CommonParameters;
import dev.postmaster.launch.LaunchGround;
import dev.postmaster.report.Report;
import java.time.Instant;
import java.util.function.Consumer;

/** Keeps the settings in force and brings them to all who hold a copy: log, desk, core and future children (SG-32). */
@OnLoop
final class Configurator {
    private final Foundation foundation;
    private final ClientDesk desk;
    private final Consumer<PmEvent> loop;
    private Settings settings;
    private AdminToken token;
    private Instant reloadedAt;

    Configurator(Foundation foundation, ClientDesk desk, Consumer<PmEvent> loop) {
        this.foundation = foundation;
        this.desk = desk;
        this.loop = loop;
        this.settings = foundation.configuration().settings();
        this.token = readToken();
        this.reloadedAt = foundation.configuration().startedAt();
    }

    /** Reads all files again; with anything wrong in the settings the old ones stay. Whether there are new ones. */
    boolean reload() {
        boolean changed = reloadSettings();
        new AccessRules(foundation.configuration().layout().dataDirectory(), foundation.log()).reload(settings);
        return changed;
    }

    private boolean reloadSettings() {
        return switch (foundation.configuration().sources().reload(settings)) {
            case Reload.Rejected(Report report) -> {
                foundation.log().report(report);
                yield false;
            }
            case Reload.Applied(Settings fresh, var reports) -> {
                settings = fresh;
                token = readToken();
                reloadedAt = Instant.now();
                foundation.log().format(LogSettings.format(settings));
                reports.forEach(foundation.log()::report);
                foundation.tls().reload(settings, foundation.log());
                desk.configure(settings);
                layGround();
                loop.accept(new PmEvent.SettingsChanged(
                        SettingsMapper.rules(settings, foundation.nursery().launchable())));
                yield true;
            }
        };
    }

    /** The settings in force. */
    Settings settings() {
        return settings;
    }

    /** The same for others to see. */
    InForce inForce() {
        return new InForce(settings, foundation.configuration().sources(), token);
    }

    /** Also when the setting is the same: the file may be another one. */
    private AdminToken readToken() {
        String file = settings.get(Guc.ADMIN_TOKEN_FILE);
        return file.isEmpty()
                ? new AdminToken.NotSet()
                : AdminToken.of(
                        foundation.configuration().layout().dataDirectory().resolve(file),
                        foundation.kernel().os().thisProcess().effectiveUserId(),
                        foundation.log());
    }

    private CommonParameters.Logging logging() {
        LogCollector collector = foundation.collector();
        return collector == null ? CommonParameters.Logging.DIRECT : collector.logging();
    }

    /** What children launched from now on are told; to be called again when the segment is a new one. */
    void layGround() {
        Foundation.Configuration configuration = foundation.configuration();
        Foundation.Kernel kernel = foundation.kernel();
        var nursery = foundation.nursery();
        var paths = new CommonParameters.Paths(
                configuration.layout().dataDirectory().toString(),
                ProcessImage.executable(),
                nursery.home().toString());
        var postmaster = new CommonParameters.Postmaster(
                kernel.pid(), Times.micros(configuration.startedAt()), Times.micros(reloadedAt));
        nursery.launcher()
                .standOn(new LaunchGround(
                        new CommonParameters(
                                paths,
                                postmaster,
                                logging(),
                                new CommonParameters.Configuration(
                                        settings.withoutWorkers().nonDefaults(), configuration.sources())),
                        kernel.alive().readEnd(),
                        foundation.segment().memfd(),
                        foundation.segment().shared().identity()));
    }
}
