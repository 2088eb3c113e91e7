package dev.postmaster.auth.hba;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** One line of {@code pg_hba.conf}, field by field (parse_hba_line); the messages are PostgreSQL's. */
final class RuleLine {
    private final AuthLines.Line line;
    private int next;

    private RuleLine(AuthLines.Line line) {
        this.line = line;
    }

    /** @throws ReportException with what was expected, and where */
    static HbaRule parse(AuthLines.Line line) {
        return new RuleLine(line).rule();
    }

    private HbaRule rule() {
        ConnectionType type = type();
        List<NameMatch> databases = names("end-of-line before database specification");
        List<NameMatch> users = names("end-of-line before role specification");
        AddressRange addresses = type == ConnectionType.LOCAL ? new AddressRange.Any() : addresses();
        AuthMethod method = method(type);
        return new HbaRule(type, databases, users, addresses, method, options(type, method), line.place(), line.text());
    }

    private ConnectionType type() {
        String word = only("", "multiple values specified for connection type", "connection type")
                .text();
        return ConnectionType.named(word).orElseThrow(() -> failed("invalid connection type \"" + word + "\""));
    }

    private List<NameMatch> names(String missing) {
        List<NameMatch> names = new ArrayList<>();
        for (Token token : field(missing)) {
            names.add(new NameMatch(token, token.isMarked('/') ? expression(token.unmarked()) : null));
        }
        return names;
    }

    private Pattern expression(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw failed("invalid regular expression \"" + text + "\": " + e.getDescription());
        }
    }

    private AddressRange addresses() {
        Token token = only(
                "end-of-line before IP address specification",
                "multiple values specified for host address",
                "address range");
        if (token.isKeyword("all")) {
            return new AddressRange.Any();
        }
        if (token.isKeyword("samehost")) {
            return new AddressRange.SameHost();
        }
        if (token.isKeyword("samenet")) {
            return new AddressRange.SameNet();
        }
        return range(token.text());
    }

    private AddressRange range(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        @Nullable InetAddress address = Addresses.numeric(host);
        if (slash < 0) {
            return address == null ? named(text) : masked(address);
        }
        if (address == null) {
            throw failed("specifying both host name and CIDR mask is invalid: \"" + text + "\"");
        }
        int bits = Addresses.prefixLength(text.substring(slash + 1), address);
        if (bits < 0) {
            throw failed("invalid CIDR mask in address \"" + text + "\"");
        }
        return new AddressRange.Network(address, bits);
    }

    private AddressRange named(String text) {
        if (!Addresses.mayBeName(text)) {
            throw failed("invalid IP address \"" + text + "\"");
        }
        return new AddressRange.Named(text);
    }

    private AddressRange masked(InetAddress address) {
        String text = only("end-of-line before netmask specification", "multiple values specified for netmask", "mask")
                .text();
        @Nullable InetAddress mask = Addresses.numeric(text);
        if (mask == null) {
            throw failed("invalid IP mask \"" + text + "\"");
        }
        if (mask.getAddress().length != address.getAddress().length) {
            throw failed("IP address and mask do not match");
        }
        return new AddressRange.Masked(address, mask);
    }

    private AuthMethod method(ConnectionType type) {
        String word = only(
                        "end-of-line before authentication method",
                        "multiple values specified for authentication type",
                        "authentication type")
                .text();
        AuthMethod method = AuthMethod.named(word, type)
                .orElseThrow(() -> failed("invalid authentication method \"" + word + "\""
                        + (AuthMethod.isKnownElsewhere(word) ? ": not supported by this build" : "")));
        if (method == AuthMethod.PEER && type != ConnectionType.LOCAL) {
            throw failed("peer authentication is only supported on local sockets");
        }
        if (method == AuthMethod.CERT && type != ConnectionType.HOSTSSL) {
            throw failed("cert authentication is only supported on hostssl connections");
        }
        return method;
    }

    private Map<String, String> options(ConnectionType type, AuthMethod method) {
        Map<String, String> options = new LinkedHashMap<>();
        for (; next < line.fields().size(); next++) {
            for (Token token : line.fields().get(next)) {
                int equals = token.text().indexOf('=');
                if (equals < 0) {
                    throw failed("authentication option not in name=value format: " + token.text());
                }
                String name = token.text().substring(0, equals);
                String value = token.text().substring(equals + 1);
                RuleOption.problem(type, method, name, value).ifPresent(problem -> {
                    throw failed(problem);
                });
                options.put(name, value);
            }
        }
        return options;
    }

    private List<Token> field(String missing) {
        if (next >= line.fields().size()) {
            throw failed(missing);
        }
        return line.fields().get(next++);
    }

    /** The one word of the next field. */
    private Token only(String missing, String several, String what) {
        List<Token> field = field(missing);
        if (field.size() > 1) {
            throw new ReportException(line.problem(several).withHint("Specify exactly one " + what + " per line."));
        }
        return field.getFirst();
    }

    private ReportException failed(String message) {
        Report problem = line.problem(message);
        return new ReportException(problem);
    }
}
