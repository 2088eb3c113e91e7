package dev.postmaster.config;

import dev.postmaster.config.WorkerDefinition.Command;
import dev.postmaster.config.WorkerDefinition.Function;
import dev.postmaster.config.WorkerDefinition.HealthCheck;
import dev.postmaster.config.WorkerDefinition.Stop;
import dev.postmaster.config.WorkerDefinition.Work;
import dev.postmaster.config.WorkerParameter.ReloadSignal;
import dev.postmaster.config.WorkerParameter.RestartWhen;
import dev.postmaster.core.Sig;
import dev.postmaster.core.worker.RestartTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the settings {@code worker.<name>.<parameter>} to the workers they define. */
public final class WorkerSettings {
    private final Settings settings;
    private final String worker;

    private WorkerSettings(Settings settings, String worker) {
        this.settings = settings;
        this.worker = worker;
    }

    /** All workers, in the order of their first settings. */
    public static List<WorkerDefinition> definitions(Settings settings) {
        List<WorkerDefinition> definitions = new ArrayList<>();
        for (String worker : WorkerParameter.workersIn(settings.nonDefaults().keySet())) {
            definitions.add(new WorkerSettings(settings, worker).definition());
        }
        return definitions;
    }

    private WorkerDefinition definition() {
        String type = get(WorkerParameter.TYPE);
        return new WorkerDefinition(
                worker,
                type.isEmpty() ? worker : type,
                get(WorkerParameter.AUTOSTART),
                get(WorkerParameter.START),
                restart(),
                get(WorkerParameter.COMMAND).isEmpty() ? function() : command());
    }

    private RestartTerms restart() {
        return new RestartTerms(
                get(WorkerParameter.RESTART_INTERVAL),
                get(WorkerParameter.RESTART_INTERVAL_MAX),
                get(WorkerParameter.RESTART_LIMIT),
                get(WorkerParameter.RESTART_WINDOW),
                get(WorkerParameter.RESTART) == RestartWhen.ALWAYS);
    }

    private Work function() {
        return new Function(
                get(WorkerParameter.LIBRARY),
                get(WorkerParameter.FUNCTION),
                get(WorkerParameter.ARGUMENT),
                get(WorkerParameter.DATABASE_ACCESS));
    }

    private Work command() {
        return new Command(
                get(WorkerParameter.COMMAND),
                get(WorkerParameter.FUNCTION),
                get(WorkerParameter.ENVIRONMENT),
                get(WorkerParameter.DIRECTORY),
                get(WorkerParameter.USER),
                get(WorkerParameter.LIMITS),
                stop(),
                health());
    }

    private Stop stop() {
        ReloadSignal reload = get(WorkerParameter.RELOAD_SIGNAL);
        return new Stop(
                Sig.valueOf(get(WorkerParameter.STOP_SIGNAL).name()),
                get(WorkerParameter.STOP_TIMEOUT),
                reload == ReloadSignal.NONE ? Optional.empty() : Optional.of(Sig.valueOf(reload.name())));
    }

    private Optional<HealthCheck> health() {
        List<String> command = get(WorkerParameter.HEALTH_COMMAND);
        return command.isEmpty()
                ? Optional.empty()
                : Optional.of(new HealthCheck(
                        command,
                        get(WorkerParameter.HEALTH_INTERVAL),
                        get(WorkerParameter.HEALTH_TIMEOUT),
                        get(WorkerParameter.HEALTH_RETRIES)));
    }

    private <T> T get(WorkerParameter<T> parameter) {
        return settings.get(parameter.of(worker));
    }
}
