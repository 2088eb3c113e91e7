package dev.postmaster.store.sql;

/**
 * What CommandComplete says.
 *
 * @param command the words
 * @param counted whether the number of rows follows
 */
public record CommandTag(String command, boolean counted) {

    static CommandTag of(String command) {
        return new CommandTag(command, false);
    }

    static CommandTag counted(String command) {
        return new CommandTag(command, true);
    }

    /** The command's name alone: INSERT, CREATE TABLE. */
    public String name() {
        return command.equals("INSERT 0") ? "INSERT" : command;
    }

    /** The text for so many rows returned or changed. */
    public String text(long rows) {
        return counted ? command + ' ' + rows : command;
    }
}
