package dev.postmaster.os;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Socket addresses in the kernel's form: struct sockaddr_in, sockaddr_in6 and sockaddr_un. */
final class SocketAddresses {
    /** sizeof(struct sockaddr_storage): room for any. */
    static final int MAX_SIZE = 128;

    private static final int PORT = 2;
    private static final int PATH = 2;
    private static final int INET_SIZE = 16;
    private static final int INET_ADDRESS = 4;
    private static final int INET6_SIZE = 28;
    private static final int INET6_ADDRESS = 8;
    private static final int INET6_SCOPE = 24;
    private static final int HOST_TEXT_SIZE = 128;

    private SocketAddresses() {}

    static byte[] encode(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address ipv6
                ? withFamily(INET6_SIZE, SocketC.AF_INET6)
                        .putShort(PORT, networkOrder(address.getPort()))
                        .put(INET6_ADDRESS, ipv6.getAddress())
                        .putInt(INET6_SCOPE, ipv6.getScopeId())
                        .array()
                : withFamily(INET_SIZE, SocketC.AF_INET)
                        .putShort(PORT, networkOrder(address.getPort()))
                        .put(INET_ADDRESS, address.getAddress().getAddress())
                        .array();
    }

    static byte[] encode(UnixEndpoint endpoint) {
        byte[] path = endpoint.path().getBytes(StandardCharsets.UTF_8);
        if (endpoint.isAbstract()) {
            path[0] = 0;
            return withFamily(PATH + path.length, SocketC.AF_UNIX)
                    .put(PATH, path)
                    .array();
        }
        return withFamily(PATH + path.length + 1, SocketC.AF_UNIX)
                .put(PATH, path)
                .array();
    }

    static int family(byte[] address) {
        return nativeOrder(address).getShort(0);
    }

    static SocketName decode(byte[] address) {
        int family = family(address);
        return switch (family) {
            case SocketC.AF_INET -> new SocketName.Ipv4(host(address), port(address));
            case SocketC.AF_INET6 -> new SocketName.Ipv6(host(address), port(address));
            case SocketC.AF_UNIX -> new SocketName.Unix(path(address));
            default -> throw new IllegalStateException("a socket of family " + family);
        };
    }

    private static String host(byte[] address) {
        byte[] text = new byte[HOST_TEXT_SIZE];
        int code = SocketC.getnameinfo(address, text);
        if (code != 0) {
            throw new IllegalStateException("getnameinfo: code " + code);
        }
        return beforeNul(text, 0);
    }

    private static int port(byte[] address) {
        return Short.toUnsignedInt(networkOrder(nativeOrder(address).getShort(PORT)));
    }

    private static String path(byte[] address) {
        if (address.length <= PATH) {
            return "";
        }
        boolean isAbstract = address[PATH] == 0;
        return isAbstract
                ? "@" + new String(address, PATH + 1, address.length - PATH - 1, StandardCharsets.UTF_8)
                : beforeNul(address, PATH);
    }

    private static String beforeNul(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOfRange(bytes, start, end), StandardCharsets.UTF_8);
    }

    private static ByteBuffer withFamily(int size, int family) {
        return nativeOrder(new byte[size]).putShort(0, (short) family);
    }

    private static ByteBuffer nativeOrder(byte[] address) {
        return ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
    }

    /** Both machines we run on are little-endian. */
    private static short networkOrder(int port) {
        return Short.reverseBytes((short) port);
    }
}
