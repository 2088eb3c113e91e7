package dev.postmaster.auth.scram;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A message of the client's, read from left to right: {@code a=value,b=value}. */
final class ScramMessage {
    private final String text;
    private int at;

    ScramMessage(String text) {
        if (text.isEmpty()) {
            throw malformed("The message is empty.");
        }
        if (text.indexOf('\0') >= 0) {
            throw malformed("Message length does not match input length.");
        }
        this.text = text;
    }

    /** The next character. */
    char take() {
        if (at == text.length()) {
            throw malformed("The message ends too early.");
        }
        return text.charAt(at++);
    }

    boolean startsWith(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** How many characters have been read. */
    int position() {
        return at;
    }

    void expectComma() {
        if (at == text.length() || take() != ',') {
            throw malformed("Comma expected.");
        }
    }

    /** The value of the attribute that must come next, and the comma behind it, if any. */
    String attribute(char name) {
        if (at == text.length() || take() != name) {
            throw malformed("Expected attribute \"" + name + "\".");
        }
        return valueAfterSign();
    }

    String valueAfterSign() {
        if (at == text.length() || take() != '=') {
            throw malformed("Expected character \"=\".");
        }
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String value = text.substring(at, end);
        at = Math.min(end + 1, text.length());
        return value;
    }

    static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static ReportException malformed(String detail) {
        return new ReportException(Report.of(Severity.ERROR, SqlState.PROTOCOL_VIOLATION, "malformed SCRAM message")
                .withDetail(detail));
    }
}
