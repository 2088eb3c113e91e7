package dev.postmaster.child.bgworker.backup;

import dev.postmaster.cluster.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The copies of one database in a directory: {@code postgres-20261122T170000Z.db}. A file of such a name is always whole:
 * until then it is a hidden draft. Nothing else in the directory is touched.
 */
record BackupFiles(Path directory, String database) {
    private static final String SUFFIX = ".db";
    private static final String DRAFT = ".draft";

    /** UTC, to the second; in the order of time. */
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Where a copy made at this moment goes. */
    Path at(Instant moment) {
        return directory.resolve(database + '-' + STAMP.format(moment) + SUFFIX);
    }

    /** Where it is made, and nobody takes it for a copy; leftovers of a worker that died are gone. */
    Path draft() throws IOException {
        Path draft = directory.resolve("." + database + DRAFT);
        Files.deleteIfExists(draft);
        Files.deleteIfExists(Path.of(draft + "-journal"));
        return draft;
    }

    /** Makes a draft a copy, which no loss of power can take away. */
    void publish(Path draft, Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.syncDirectory(directory);
    }

    /** Deletes the oldest copies until so many are left; how many it deleted. */
    int prune(int keep) throws IOException {
        List<Path> copies = copies();
        int surplus = Math.max(0, copies.size() - keep);
        for (Path copy : copies.subList(0, surplus)) {
            Files.deleteIfExists(copy);
        }
        return surplus;
    }

    /** When the newest copy was made. */
    Optional<Instant> newest() throws IOException {
        List<Path> copies = Files.isDirectory(directory) ? copies() : List.of();
        return copies.isEmpty() ? Optional.empty() : momentOf(copies.getLast());
    }

    /** All copies, the oldest first. */
    private List<Path> copies() throws IOException {
        List<Path> copies = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, file -> momentOf(file).isPresent())) {
            files.forEach(copies::add);
        }
        Collections.sort(copies);
        return copies;
    }

    /** Empty for a file that is no copy of this database. */
    private Optional<Instant> momentOf(Path file) {
        String name = file.getFileName().toString();
        String prefix = database + '-';
        if (!name.startsWith(prefix) || !name.endsWith(SUFFIX) || name.length() < prefix.length() + SUFFIX.length()) {
            return Optional.empty();
        }
        try {
            String stamp = name.substring(prefix.length(), name.length() - SUFFIX.length());
            return Optional.of(STAMP.parse(stamp, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
