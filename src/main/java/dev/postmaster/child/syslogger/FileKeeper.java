package dev.postmaster.child.syslogger;

import dev.postmaster.child.syslogger.RotationRule.Cause;
import dev.postmaster.child.syslogger.RotationRule.Limits;
import dev.postmaster.child.syslogger.RotationRule.Rotation;
import dev.postmaster.child.syslogger.RotationRule.State;
import dev.postmaster.config.Guc;
import dev.postmaster.config.Settings;
import dev.postmaster.launch.LogFilePlan;
import dev.postmaster.logpipe.RecordForm;
import dev.postmaster.report.FileErrors;
import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the files as the settings want them: begins new ones when {@link RotationRule} says so, and opens again what
 * somebody took away. Used under the lock of {@link Drain}.
 */
final class FileKeeper {
    /** How often it tries to open what is missing, and how seldom when that does not help. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);

    /** What became of the wish for another file. */
    private enum Change {
        CHANGED,
        SAME,
        FAILED
    }

    private final LogFiles files;
    private final CurrentLogFiles current;
    private final Path dataDirectory;
    private final Log log;
    private Settings settings;
    private State state;
    private Instant nextTry;
    private Duration pause = FIRST_PAUSE;

    FileKeeper(LogFiles files, CurrentLogFiles current, Path dataDirectory, Log log) {
        this.files = files;
        this.current = current;
        this.dataDirectory = dataDirectory;
        this.log = log;
        this.settings = Settings.DEFAULTS;
        this.state = new State(RotationRule.NEVER, false, false);
        this.nextTry = Instant.MIN;
    }

    /** The files that were handed over are in place. */
    void begin(Settings initial, Instant now) {
        settings = initial;
        state = state.plannedFor(Limits.of(settings).next(now));
        current.write(enabled(), log);
    }

    /** Somebody wants new files. */
    void request() {
        state = state.requested(true);
    }

    /** The settings may have changed (SIGHUP). */
    void reload(Settings fresh, Instant now) {
        Settings old = settings;
        settings = fresh;
        if (!plan().directory().equals(new LogFilePlan(dataDirectory, old).directory())) {
            LogFilePlan.createDirectory(plan().directory());
            request();
        }
        if (!fresh.get(Guc.LOG_FILENAME).equals(old.get(Guc.LOG_FILENAME)) || formsChanged() || state.disabled()) {
            request();
        }
        state = state.disabled(false);
        if (!Limits.of(fresh).equals(Limits.of(old))) {
            state = state.plannedFor(Limits.of(fresh).next(now));
        }
        current.write(enabled(), log);
    }

    private LogFilePlan plan() {
        return new LogFilePlan(dataDirectory, settings);
    }

    private boolean formsChanged() {
        for (RecordForm form : RecordForm.values()) {
            if (plan().isWanted(form) != files.has(form)) {
                return true;
            }
        }
        return false;
    }

    /** Rotates if it is time to; to be called before anything is written to a file, which may be there no more. */
    void keep(Instant now) {
        lookAfterFiles(now);
        Optional<Rotation> due = RotationRule.due(Limits.of(settings), state, now, files.sizes());
        if (due.isPresent()) {
            rotate(due.get(), now);
        }
    }

    /** When the clock will want something; {@link RotationRule#NEVER} if it will not. */
    Instant planned() {
        return state.disabled() ? RotationRule.NEVER : state.planned();
    }

    private void lookAfterFiles(Instant now) {
        if (!files.isAnyMissing()) {
            nextTry = Instant.MIN;
            pause = FIRST_PAUSE;
        } else if (!now.isBefore(nextTry)) {
            request();
            nextTry = now.plus(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LAST_PAUSE) < 0 ? longer : LAST_PAUSE;
        }
    }

    /** logfile_rotate: what could not be opened stops it, and is told (LOG-31). */
    private void rotate(Rotation rotation, Instant now) {
        Instant at = rotation.cause() == Cause.AGE ? state.planned() : now;
        state = state.requested(false);
        boolean changed = false;
        for (RecordForm form : rotation.forms()) {
            switch (change(form, at, rotation.cause())) {
                case CHANGED -> changed = true;
                case SAME -> {}
                case FAILED -> {
                    return;
                }
            }
        }
        if (changed) {
            current.write(enabled(), log);
        }
        state = state.plannedFor(Limits.of(settings).next(now));
    }

    private Change change(RecordForm form, Instant at, Cause cause) {
        try {
            return files.change(form, at, settings, cause) ? Change.CHANGED : Change.SAME;
        } catch (IOException e) {
            Path path = plan().file(form, at);
            log.report(FileErrors.report(Severity.LOG, "could not open log file \"" + path + "\"", e));
            if (FileErrors.sqlState(e) != SqlState.INSUFFICIENT_RESOURCES) {
                log.report(Report.of(Severity.LOG, "disabling automatic rotation (use SIGHUP to re-enable)"));
                state = state.disabled(true);
            }
            return Change.FAILED;
        }
    }

    private Map<RecordForm, Path> enabled() {
        Map<RecordForm, Path> enabled = new EnumMap<>(RecordForm.class);
        files.open().forEach((form, file) -> {
            if (file.isOpen() && plan().isDestination(form)) {
                enabled.put(form, plan().asNamed(file.path()));
            }
        });
        return enabled;
    }
}
