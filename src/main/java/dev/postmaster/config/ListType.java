package dev.postmaster.config;

import dev.postmaster.report.Report;
import dev.postmaster.report.ReportException;
import dev.postmaster.report.Severity;
import dev.postmaster.report.SqlState;
import java.util.ArrayList;
import java.util.List;

/** Words with commas between them (varlena.c {@code SplitGUCList}); a word with a comma or a blank stands in quotes. */
record ListType() implements SettingType<List<String>> {

    @Override
    public List<String> parse(String name, String text) {
        List<String> words = new ArrayList<>();
        if (text.isBlank()) {
            return words;
        }
        int at = 0;
        do {
            int comma = end(text, at);
            String word = text.substring(at, comma).strip();
            boolean quoted = word.length() >= 2 && word.startsWith("\"") && word.endsWith("\"");
            if (word.isEmpty() || (!quoted && word.contains("\""))) {
                throw new ReportException(Report.of(
                        Severity.ERROR,
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid list syntax in parameter \"" + name + "\""));
            }
            words.add(quoted ? word.substring(1, word.length() - 1).replace("\"\"", "\"") : word);
            at = comma + 1;
        } while (at <= text.length());
        return List.copyOf(words);
    }

    /** Where the word that begins here ends: the next comma outside quotes. */
    private static int end(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == ',' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    @Override
    public String format(List<String> value) {
        List<String> words = new ArrayList<>();
        for (String word : value) {
            boolean plain =
                    word.indexOf(',') < 0 && word.indexOf('"') < 0 && word.equals(word.strip()) && !word.isEmpty();
            words.add(plain ? word : '"' + word.replace("\"", "\"\"") + '"');
        }
        return String.join(",", words);
    }

    @Override
    public String allowed() {
        return "words with commas between them";
    }
}
