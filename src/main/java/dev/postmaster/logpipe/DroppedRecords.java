package dev.postmaster.logpipe;

/**
 * How the syslogger tells that records did not reach the console: a record like any other, so that every reader of the log
 * sees it, in words that the postmaster, which adds the numbers up, recognizes.
 */
public final class DroppedRecords {
    private static final String WORDS = " log records were dropped on their way to the console";

    private DroppedRecords() {}

    public static String message(long count) {
        return count + WORDS;
    }

    /** How many records a message says were dropped; 0 for any other message. */
    public static long countIn(String message) {
        String number = message.endsWith(WORDS) ? message.substring(0, message.length() - WORDS.length()) : "";
        boolean isNumber =
                !number.isEmpty() && number.length() < 19 && number.chars().allMatch(Character::isDigit);
        return isNumber ? Long.parseLong(number) : 0;
    }
}
