package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;
import dev.postmaster.os.Fd;
import dev.postmaster.os.Fds;
import dev.postmaster.os.OsException;
import dev.postmaster.os.RawIo;
import dev.postmaster.report.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a child finds its parameter block: its last argument is the number of an inherited descriptor or the path of a
 * file. Taking the block ends the descriptor or the file, so that the secrets in it are nowhere else.
 */
public final class ParameterSource {
    private static final int CHUNK = 8192;

    private final Fds fds;
    private final RawIo io;

    public ParameterSource(Fds fds, RawIo io) {
        this.fds = fds;
        this.io = io;
    }

    /** Reads the block, restores what is in it, and removes it (CH-27). */
    public ParameterBlock take(ChildKind kind, String argument) throws ParameterSourceException {
        boolean inherited = isNumber(argument);
        byte[] bytes = inherited ? readDescriptor(argument) : readFile(argument);
        ParameterBlock block = decode(kind, argument, bytes);
        if (!inherited) {
            remove(argument);
        }
        return block;
    }

    private byte[] readDescriptor(String argument) throws ParameterSourceException {
        try (Fd fd = fds.adopt(Integer.parseInt(argument))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK);
            byte[] chunk = new byte[CHUNK];
            for (int length = io.read(fd, chunk); length > 0; length = io.read(fd, chunk)) {
                bytes.write(chunk, 0, length);
            }
            return bytes.toByteArray();
        } catch (OsException e) {
            throw cannot("could not open", argument, e.errno().message());
        }
    }

    private static byte[] readFile(String argument) throws ParameterSourceException {
        try {
            return Files.readAllBytes(Path.of(argument));
        } catch (IOException e) {
            throw cannot("could not open", argument, FileErrors.words(e));
        }
    }

    private static ParameterBlock decode(ChildKind kind, String argument, byte[] bytes)
            throws ParameterSourceException {
        try {
            return ParameterCodec.decode(kind, bytes);
        } catch (ParameterBlockException e) {
            throw switch (e.part()) {
                case FIXED -> cannot("could not read from", argument, reason(e));
                case STARTUP_DATA -> cannot("could not read startup data from", argument, reason(e));
            };
        }
    }

    private static void remove(String argument) throws ParameterSourceException {
        try {
            Files.delete(Path.of(argument));
        } catch (IOException e) {
            throw new ParameterSourceException("could not remove file \"" + argument + "\": " + FileErrors.words(e));
        }
    }

    private static ParameterSourceException cannot(String verb, String argument, String reason) {
        return new ParameterSourceException(verb + " backend variables file \"" + argument + "\": " + reason);
    }

    private static String reason(ParameterBlockException e) {
        return String.valueOf(e.getMessage());
    }

    private static boolean isNumber(String argument) {
        if (argument.isEmpty() || argument.length() > 9) {
            return false;
        }
        for (int i = 0; i < argument.length(); i++) {
            if (argument.charAt(i) < '0' || argument.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
