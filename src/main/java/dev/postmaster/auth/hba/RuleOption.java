package dev.postmaster.auth.hba;

import java.util.List;
import java.util.Optional;

/** What may follow the method of a rule, as {@code NAME=VALUE} (parse_hba_auth_opt); the messages are PostgreSQL's. */
final class RuleOption {
    static final String MAP = "map";
    static final String CLIENT_CERTIFICATE = "clientcert";
    static final String CLIENT_NAME = "clientname";

    private RuleOption() {}

    /** What is wrong with an option; empty if nothing is. */
    static Optional<String> problem(ConnectionType type, AuthMethod method, String name, String value) {
        return switch (name) {
            case MAP ->
                onlyIf(
                        method == AuthMethod.PEER || method == AuthMethod.CERT,
                        "authentication option \"map\" is only valid for authentication methods peer and cert");
            case CLIENT_CERTIFICATE ->
                type == ConnectionType.HOSTSSL
                        ? certificateProblem(method, value)
                        : Optional.of("clientcert can only be configured for \"hostssl\" rows");
            case CLIENT_NAME ->
                type == ConnectionType.HOSTSSL
                        ? onlyIf(List.of("CN", "DN").contains(value), "invalid value for clientname: \"" + value + "\"")
                        : Optional.of("clientname can only be configured for \"hostssl\" rows");
            default -> Optional.of("unrecognized authentication option name: \"" + name + "\"");
        };
    }

    private static Optional<String> certificateProblem(AuthMethod method, String value) {
        return switch (value) {
            case "verify-full" -> Optional.empty();
            case "verify-ca" ->
                onlyIf(
                        method != AuthMethod.CERT,
                        "clientcert only accepts \"verify-full\" when using \"cert\" authentication");
            default -> Optional.of("invalid value for clientcert: \"" + value + "\"");
        };
    }

    private static Optional<String> onlyIf(boolean good, String problem) {
        return good ? Optional.empty() : Optional.of(problem);
    }
}
