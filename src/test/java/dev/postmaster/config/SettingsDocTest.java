package dev.postmaster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * {@code src/docs/settings.md} is written from {@link Guc} and never by hand: run
 * {@code bin/test SettingsDocTest -Ddocs.rewrite=true} after a change, and look at the difference.
 */
class SettingsDocTest {
    private static final Path FILE = Path.of("src/docs/settings.md");

    private static final String HEAD = """
            # Settings

            Written by `SettingsDocTest` from `dev.postmaster.config.Guc`; do not edit.

            A setting has PostgreSQL's name, units and default wherever PostgreSQL has the setting. It can be given, strongest
            first,

            1. on the command line: `-c name=value`, `--name=value`, or a letter that `--help` lists;
            2. in `postmaster.conf` in the data directory, one `name = value` a line, in the syntax of `postgresql.conf` (quotes,
               `#` comments, `include`, `include_if_exists`, `include_dir`; the last line for a name wins);
            3. the Quarkus way: `-Dpostmaster.max-connections=20`, or `POSTMASTER_MAX_CONNECTIONS=20` in the environment.

            Times take the units us, ms, s, min, h and d, sizes B, kB, MB, GB and TB; a bare number is in the unit of the range.
            Booleans are on, off, true, false, yes, no, 1, 0 or a unique beginning of these.

            *When* says when a change works: `postmaster` at the next start, `sighup` when the file is read again (SIGHUP),
            `backend` the same for new sessions only, `user` also by `SET` in a session. An unknown name, a bad value or one out
            of range stops the start, and is told with its file and line; on reload everything stays as it was.

            """;

    private static final String WORKERS = """

            ## Background workers

            One family for each worker. Its name has lower-case letters, digits and underscores. These settings come from the command
            line and `postmaster.conf` only, and sessions cannot see them.

            | Setting | Default | Allowed | When | Meaning |
            |---|---|---|---|---|
            """;

    @Test
    void theDocumentIsWhatTheRegistrySays() throws IOException {
        String text = document();
        if (Boolean.getBoolean("docs.rewrite")) {
            Files.writeString(FILE, text);
        }
        assertThat(FILE).hasContent(text);
    }

    private static String document() {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("| Setting | Default | Allowed | When | Meaning |\n|---|---|---|---|---|\n");
        for (Setting<?> setting : Guc.all()) {
            text.append(row(setting));
        }
        text.append(WORKERS);
        for (WorkerParameter<?> parameter : WorkerParameter.all()) {
            text.append(row(parameter.of("<name>")));
        }
        return text.toString();
    }

    private static String row(Setting<?> setting) {
        String value = setting.show(Settings.DEFAULTS);
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %s |%n",
                setting.name(),
                value.isEmpty() ? "" : "`" + value + "`",
                setting.type().allowed(),
                setting.context().word(),
                setting.description());
    }
}
