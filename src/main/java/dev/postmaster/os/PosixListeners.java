package dev.postmaster.os;

import static dev.postmaster.os.ListenResult.Step.BIND;
import static dev.postmaster.os.ListenResult.Step.GROUP;
import static dev.postmaster.os.ListenResult.Step.IPV6_ONLY;
import static dev.postmaster.os.ListenResult.Step.LISTEN;
import static dev.postmaster.os.ListenResult.Step.PERMISSIONS;
import static dev.postmaster.os.ListenResult.Step.REUSE_ADDRESS;
import static dev.postmaster.os.ListenResult.Step.SOCKET;

import com.sun.jna.Pointer;
import dev.postmaster.os.ListenResult.Failed;
import dev.postmaster.os.ListenResult.Listening;
import dev.postmaster.os.ListenResult.Step;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Listening sockets by socket, bind and listen. */
final class PosixListeners implements Listeners {
    /** Where struct group has gr_gid. */
    private static final int GR_GID = 16;

    private final Sockets sockets = new PosixSockets();

    /** One system call on the new socket, which returns -1 if it fails. */
    private record Attempt(Step step, IntUnaryOperator call) {}

    @Override
    public ListenResult listen(InetSocketAddress address, int backlog) {
        byte[] name = SocketAddresses.encode(address);
        int family = SocketAddresses.family(name);
        List<Attempt> attempts = new ArrayList<>();
        attempts.add(new Attempt(REUSE_ADDRESS, fd -> SocketC.switchOn(fd, SocketC.SOL_SOCKET, SocketC.SO_REUSEADDR)));
        if (family == SocketC.AF_INET6) {
            attempts.add(new Attempt(IPV6_ONLY, fd -> SocketC.switchOn(fd, SocketC.IPPROTO_IPV6, SocketC.IPV6_V6ONLY)));
        }
        attempts.add(new Attempt(BIND, fd -> SocketC.bind(fd, name)));
        attempts.add(new Attempt(LISTEN, fd -> SocketC.listen(fd, backlog)));
        return open(family, attempts);
    }

    @Override
    public ListenResult listen(UnixEndpoint endpoint, int backlog) {
        byte[] name = SocketAddresses.encode(endpoint);
        byte[] path = Calls.cString(endpoint.path());
        List<Attempt> attempts = new ArrayList<>();
        attempts.add(new Attempt(BIND, fd -> SocketC.bind(fd, name)));
        if (!endpoint.isAbstract()) {
            endpoint.group().ifPresent(group -> attempts.add(new Attempt(GROUP, fd -> SocketC.chgrp(path, group))));
            attempts.add(new Attempt(PERMISSIONS, fd -> SocketC.chmod(path, endpoint.permissions())));
        }
        attempts.add(new Attempt(LISTEN, fd -> SocketC.listen(fd, backlog)));
        ListenResult result = open(SocketC.AF_UNIX, attempts);
        if (result instanceof Failed failed && failed.step().compareTo(BIND) > 0) {
            SocketC.unlink(path);
        }
        return result;
    }

    private ListenResult open(int family, List<Attempt> attempts) {
        int type = SocketC.SOCK_STREAM | SocketC.SOCK_CLOEXEC | SocketC.SOCK_NONBLOCK;
        int number = SocketC.socket(family, type);
        if (number == -1) {
            return new Failed(SOCKET, Calls.lastErrno());
        }
        try (Fd fd = PosixFds.own(number)) {
            for (Attempt attempt : attempts) {
                if (attempt.call().applyAsInt(number) == -1) {
                    return new Failed(attempt.step(), Calls.lastErrno());
                }
            }
            SocketName name = sockets.localName(fd);
            return new Listening(fd.take(), name);
        }
    }

    @Override
    public OptionalInt groupId(String nameOrNumber) {
        if (!nameOrNumber.isEmpty() && nameOrNumber.chars().allMatch(Character::isDigit)) {
            return OptionalInt.of(Integer.parseUnsignedInt(nameOrNumber));
        }
        @Nullable Pointer group = SocketC.getgrnam(Calls.cString(nameOrNumber));
        return group == null ? OptionalInt.empty() : OptionalInt.of(group.getInt(GR_GID));
    }
}
