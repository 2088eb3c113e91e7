package dev.postmaster.report;

/** Makes a record of an entry, with its line end. Any thread. */
sealed interface RecordFormatter permits TextForm, CsvForm, JsonForm {
    String format(Entry entry);
}
