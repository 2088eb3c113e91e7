package dev.postmaster.store.function;

import dev.postmaster.report.SqlState;
import dev.postmaster.store.type.SizeLimit;
import dev.postmaster.store.type.SqlError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Functions on text and on values of any kind; all of them always give the same answer. */
final class TextFunctions {
    private TextFunctions() {}

    static @Nullable Body find(String name) {
        return switch (name) {
            case "regexp" -> nullable(TextFunctions::matches);
            case "regexp_replace" -> nullable(TextFunctions::regexpReplace);
            case "pg_array_json" -> nullable(arguments -> ArrayText.json(text(arguments, 0)));
            case "pg_greatest" -> arguments -> Ordering.extreme(arguments, 1);
            case "pg_least" -> arguments -> Ordering.extreme(arguments, -1);
            case "left" -> nullable(arguments -> part(text(arguments, 0), number(arguments, 1), true));
            case "right" -> nullable(arguments -> part(text(arguments, 0), number(arguments, 1), false));
            case "repeat" -> nullable(TextFunctions::repeat);
            case "lpad" -> nullable(arguments -> pad(arguments, true));
            case "rpad" -> nullable(arguments -> pad(arguments, false));
            case "initcap" -> nullable(arguments -> initcap(text(arguments, 0)));
            case "split_part" -> nullable(TextFunctions::splitPart);
            case "starts_with" -> nullable(arguments -> text(arguments, 0).startsWith(text(arguments, 1)));
            case "translate" -> nullable(TextFunctions::translate);
            case "chr" -> nullable(arguments -> Character.toString(number(arguments, 0)));
            case "ascii" ->
                nullable(arguments -> (long) text(arguments, 0).concat("\0").codePointAt(0));
            case "to_hex" -> nullable(arguments -> Long.toHexString(Long.parseLong(text(arguments, 0))));
            case "md5" -> nullable(arguments -> md5(arguments[0]));
            case "encode" -> nullable(TextFunctions::encode);
            case "quote_ident" -> nullable(arguments -> Quoting.identifier(text(arguments, 0)));
            case "quote_literal" -> nullable(arguments -> Quoting.literal(text(arguments, 0)));
            default -> null;
        };
    }

    /** Null when any argument is. */
    private static Body nullable(Body body) {
        return arguments -> {
            for (Object argument : arguments) {
                if (argument == null) {
                    return null;
                }
            }
            return body.apply(arguments);
        };
    }

    private static String text(@Nullable Object[] arguments, int index) {
        return arguments[index] instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(arguments[index]);
    }

    private static int number(@Nullable Object[] arguments, int index) {
        return (int) Double.parseDouble(text(arguments, index));
    }

    /** {@code b REGEXP a} calls with the pattern first. */
    private static Object matches(@Nullable Object[] arguments) {
        return compile(text(arguments, 0)).matcher(text(arguments, 1)).find();
    }

    private static Object regexpReplace(@Nullable Object[] arguments) {
        String flags = arguments.length > 3 ? text(arguments, 3) : "";
        var matcher = compile((flags.contains("i") ? "(?i)" : "") + text(arguments, 1))
                .matcher(text(arguments, 0));
        String replacement =
                text(arguments, 2).replace("$", "\\$").replace("\\\\", "\\").replaceAll("\\\\(\\d)", "\\$$1");
        return flags.contains("g") ? matcher.replaceAll(replacement) : matcher.replaceFirst(replacement);
    }

    private static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw SqlError.of(SqlState.INVALID_PARAMETER_VALUE, "invalid regular expression: " + e.getDescription());
        }
    }

    /** The first or last characters; a negative count leaves that many out. */
    private static Object part(String text, int count, boolean left) {
        int length = text.codePointCount(0, text.length());
        int kept = Math.clamp(count < 0 ? length + count : count, 0, length);
        return left
                ? text.substring(0, text.offsetByCodePoints(0, kept))
                : text.substring(text.offsetByCodePoints(0, length - kept));
    }

    private static Object repeat(@Nullable Object[] arguments) {
        String text = text(arguments, 0);
        int times = Math.max(0, number(arguments, 1));
        SizeLimit.require((long) text.length() * times);
        return text.repeat(times);
    }

    private static Object pad(@Nullable Object[] arguments, boolean left) {
        String text = text(arguments, 0);
        int length = Math.max(0, number(arguments, 1));
        String fill = arguments.length > 2 ? text(arguments, 2) : " ";
        if (text.length() >= length || fill.isEmpty()) {
            return text.substring(0, Math.min(length, text.length()));
        }
        int missing = length - text.length();
        SizeLimit.require(missing);
        String padding = fill.repeat(missing / fill.length() + 1).substring(0, missing);
        return left ? padding + text : text + padding;
    }

    private static Object initcap(String text) {
        StringBuilder result = new StringBuilder(text.toLowerCase(Locale.ROOT));
        for (int i = 0; i < result.length(); i++) {
            if (i == 0 || !Character.isLetterOrDigit(result.charAt(i - 1))) {
                result.setCharAt(i, Character.toUpperCase(result.charAt(i)));
            }
        }
        return result.toString();
    }

    private static Object splitPart(@Nullable Object[] arguments) {
        String[] parts = text(arguments, 0).split(Pattern.quote(text(arguments, 1)), -1);
        int wanted = number(arguments, 2);
        int index = wanted < 0 ? parts.length + wanted : wanted - 1;
        return index >= 0 && index < parts.length ? parts[index] : "";
    }

    private static Object translate(@Nullable Object[] arguments) {
        String from = text(arguments, 1);
        String to = text(arguments, 2);
        String text = text(arguments, 0);
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int at = from.indexOf(c);
            if (at < 0) {
                result.append(c);
            } else if (at < to.length()) {
                result.append(to.charAt(at));
            }
        }
        return result.toString();
    }

    private static Object md5(@Nullable Object value) {
        byte[] bytes =
                value instanceof byte[] blob ? blob : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object encode(@Nullable Object[] arguments) {
        byte[] bytes =
                arguments[0] instanceof byte[] blob ? blob : text(arguments, 0).getBytes(StandardCharsets.UTF_8);
        return switch (text(arguments, 1)) {
            case "hex" -> HexFormat.of().formatHex(bytes);
            case "base64" -> Base64.getEncoder().encodeToString(bytes);
            default ->
                throw SqlError.of(SqlState.INVALID_PARAMETER_VALUE, "unrecognized encoding: \"" + arguments[1] + "\"");
        };
    }
}
