package dev.postmaster.child.syslogger;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * One line of a test load: most are shorter than 1 KiB, one in a hundred has up to 64 KiB. Its bytes follow from who
 * writes it and its number, so that whoever reads it knows whether it is whole.
 */
record LoadRecord(int writer, int serial) {
    static final String MARK = "@W";

    private static final int SHORT = 1024;
    private static final int LONG = 64 << 10;

    byte[] line() {
        Random random = new Random((long) writer << 32 | serial);
        int limit = serial % 100 == 99 ? LONG : SHORT;
        byte[] payload = new byte[random.nextInt(10, limit - 64)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) ('a' + (i + serial) % 26);
        }
        CRC32 sum = new CRC32();
        sum.update(payload);
        String head = MARK + writer + " " + serial + " " + Long.toHexString(sum.getValue()) + " ";
        return (head + new String(payload, StandardCharsets.US_ASCII) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
