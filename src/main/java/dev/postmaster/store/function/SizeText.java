package dev.postmaster.store.function;

/** Sizes as pg_size_pretty writes them. */
final class SizeText {
    private SizeText() {}

    static String of(String number) {
        long bytes = (long) Double.parseDouble(number);
        String[] units = {"bytes", "kB", "MB", "GB", "TB", "PB"};
        int unit = 0;
        while (Math.abs(bytes) >= 10_240 && unit < units.length - 1) {
            bytes = (bytes + 512) / 1024;
            unit++;
        }
        return bytes + " " + units[unit];
    }
}
