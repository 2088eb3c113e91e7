package dev.postmaster.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose process is at the other end of a TCP connection within this machine, as {@code /proc/net/tcp} tells (proc_net(5)).
 * The user is the one who made the socket; whoever got it from them speaks in their name.
 */
public final class SocketOwner {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final String ESTABLISHED = "01";
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int USER = 7;

    private SocketOwner() {}

    /**
     * The user id of the socket at {@code address} that is connected with {@code peer}; empty if there is none on this
     * machine. A socket that its process has closed belongs to nobody: the kernel would show it as root's.
     */
    public static OptionalInt of(InetSocketAddress address, InetSocketAddress peer) {
        for (Path table : TABLES) {
            OptionalInt owner = find(table, address, peer);
            if (owner.isPresent()) {
                return owner;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt find(Path table, InetSocketAddress address, InetSocketAddress peer) {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
            lines.readLine(); // the heads of the columns
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<Line> found = Line.parse(line);
                if (found.isPresent() && found.get().connects(address, peer)) {
                    return OptionalInt.of(found.get().user());
                }
            }
        } catch (IOException hidden) {
            return OptionalInt.empty(); // a kernel without IPv6 has one table only
        }
        return OptionalInt.empty();
    }

    /** A connection that both its ends still hold. */
    record Line(InetSocketAddress local, InetSocketAddress remote, int user) {

        /** Empty if it is in any other state. */
        static Optional<Line> parse(String text) {
            String[] fields = text.strip().split(" +", -1);
            if (!fields[STATE].equals(ESTABLISHED)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Line(address(fields[LOCAL]), address(fields[REMOTE]), Integer.parseUnsignedInt(fields[USER])));
        }

        boolean connects(InetSocketAddress one, InetSocketAddress other) {
            return local.equals(one) && remote.equals(other);
        }

        /** The address in words of 32 bits, each as this machine would read it; then a colon and the port. */
        private static InetSocketAddress address(String text) {
            int colon = text.indexOf(':');
            ByteBuffer address = ByteBuffer.wrap(HexFormat.of().parseHex(text, 0, colon));
            for (int word = 0; word < address.capacity(); word += Integer.BYTES) {
                int inOrder = address.order(ByteOrder.BIG_ENDIAN).getInt(word);
                address.order(ByteOrder.nativeOrder()).putInt(word, inOrder);
            }
            try {
                return new InetSocketAddress(
                        InetAddress.getByAddress(address.array()),
                        HexFormat.fromHexDigits(text, colon + 1, text.length()));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }
    }
}
