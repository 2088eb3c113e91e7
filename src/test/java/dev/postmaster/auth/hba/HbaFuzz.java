package dev.postmaster.auth.hba;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postmaster.fuzz.Scratch;
import dev.postmaster.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whatever stands in {@code pg_hba.conf} and {@code pg_ident.conf}: each line is read or complained of, and a rule that
 * was read can be asked.
 */
public final class HbaFuzz {
    private static final Path FILE = Scratch.directory().resolve("pg_hba.conf");
    private static final List<Knock> KNOCKS = List.of(
            new Knock(Transport.UNIX_SOCKET, null, "shop", "alice", role -> role.equals("staff")),
            new Knock(Transport.TCP, InetAddress.ofLiteral("127.0.0.1"), "alice", "alice", role -> false),
            new Knock(Transport.TLS, InetAddress.ofLiteral("2001:db8::1"), "", "bob", role -> true));

    private HbaFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (readsMoreThanItself(new String(data, UTF_8))) {
            return;
        }
        try {
            Files.write(FILE, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HbaFile hba = HbaFile.read(FILE);
        assertThat(hba.isSound() && hba.rules().rules().isEmpty()).isFalse();
        hba.problems().forEach(HbaFuzz::saysWhere);
        hba.rules().rules().stream().filter(HbaFuzz::needsNoNameServer).forEach(HbaFuzz::ask);
        IdentMap map = IdentMap.read(FILE);
        map.problems().forEach(HbaFuzz::saysWhere);
        map.entries().forEach(entry -> map.allows(entry.map(), "alice@example.org", "alice"));
    }

    /** An administrator may include what there is, {@code /dev/zero} or a file by itself a thousand times. */
    private static boolean readsMoreThanItself(String text) {
        long inclusions = text.split("include", -1).length
                + text.chars().filter(c -> c == '@').count();
        return inclusions > 2 || (inclusions == 2 && text.contains("/"));
    }

    private static void saysWhere(Report problem) {
        assertThat(problem.message() + problem.context())
                .contains(FILE.getFileName().toString());
    }

    private static boolean needsNoNameServer(HbaRule rule) {
        return !(rule.addresses() instanceof AddressRange.Named);
    }

    private static void ask(HbaRule rule) {
        KNOCKS.forEach(knock -> new HbaRules(List.of(rule)).ruleFor(knock));
        assertThat(rule.clientCertificate()).isNotNull();
    }
}
