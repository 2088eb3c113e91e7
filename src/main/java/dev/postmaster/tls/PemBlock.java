package dev.postmaster.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468), with the headers of the older form (RFC 1421).
 *
 * @param label what it says it is: {@code RSA PRIVATE KEY}
 * @param headers the lines before the first empty one; mostly none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through once
record PemBlock(String label, String headers, byte[] content) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*?\\n(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final Pattern HEADERS = Pattern.compile("\\A(?:[^\\n:]+:[^\\n]*\\n)+\\s*\\n");

    /** All blocks of the text, whatever stands between them; base64 that is none is an IllegalArgumentException. */
    static List<PemBlock> all(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String body = block.group(2);
            Matcher headers = HEADERS.matcher(body);
            int from = headers.find() ? headers.end() : 0;
            byte[] content = Base64.getDecoder().decode(body.substring(from).replaceAll("\\s", ""));
            blocks.add(new PemBlock(block.group(1), body.substring(0, from), content));
        }
        return blocks;
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    boolean isEncrypted() {
        return label.startsWith("ENCRYPTED") || headers.contains("ENCRYPTED");
    }
}
