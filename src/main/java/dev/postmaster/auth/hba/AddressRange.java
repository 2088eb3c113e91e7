package dev.postmaster.auth.hba;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Which addresses a rule is about. */
sealed interface AddressRange {
    boolean contains(InetAddress address);

    /** {@code all}, and every address of a Unix socket. */
    record Any() implements AddressRange {
        @Override
        public boolean contains(InetAddress address) {
            return true;
        }
    }

    /** A network: the first {@code bits} of the address. IPv4 and IPv6 are strangers to each other. */
    record Network(InetAddress start, int bits) implements AddressRange {
        @Override
        public boolean contains(InetAddress address) {
            return sameStart(start.getAddress(), address.getAddress(), bits);
        }
    }

    /** An old-fashioned mask, whose ones need not stand together. */
    record Masked(InetAddress address, InetAddress mask) implements AddressRange {
        @Override
        public boolean contains(InetAddress other) {
            byte[] ours = address.getAddress();
            byte[] theirs = other.getAddress();
            byte[] relevant = mask.getAddress();
            boolean same = ours.length == theirs.length;
            for (int i = 0; same && i < ours.length; i++) {
                same = ((ours[i] ^ theirs[i]) & relevant[i]) == 0;
            }
            return same;
        }
    }

    /**
     * A name, or with a dot in front all names that end so. The name of an address counts only if the address is one of
     * that name: whoever owns the reverse zone could claim any name (check_hostname).
     */
    record Named(String name) implements AddressRange {
        @Override
        public boolean contains(InetAddress address) {
            String host = address.getCanonicalHostName().toLowerCase(Locale.ROOT);
            String wanted = name.toLowerCase(Locale.ROOT);
            return wanted.startsWith(".") ? host.endsWith(wanted) : host.equals(wanted);
        }
    }

    /** {@code samehost}: one of the addresses of this machine. */
    record SameHost() implements AddressRange {
        @Override
        public boolean contains(InetAddress address) {
            return isNear(own -> own.getAddress().equals(address));
        }
    }

    /** {@code samenet}: an address in a network this machine is part of. */
    record SameNet() implements AddressRange {
        @Override
        public boolean contains(InetAddress address) {
            return isNear(own ->
                    sameStart(own.getAddress().getAddress(), address.getAddress(), own.getNetworkPrefixLength()));
        }
    }

    private static boolean isNear(Predicate<InterfaceAddress> near) {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getInterfaceAddresses)
                    .flatMap(List::stream)
                    .anyMatch(near);
        } catch (SocketException e) {
            return false; // who cannot be shown to be near is not
        }
    }

    private static boolean sameStart(byte[] ours, byte[] theirs, int bits) {
        if (ours.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % Byte.SIZE);
            if (((ours[i / Byte.SIZE] ^ theirs[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
