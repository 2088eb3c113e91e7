package dev.postmaster.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keys and certificates as operators make them: by the openssl program, in a directory of the test's. */
public final class Certificates {
    private static final String DAYS = "30";

    private final Path directory;

    public Certificates(Path directory) {
        this.directory = directory;
    }

    /** A certificate that speaks for itself, {@code NAME.crt}, with a key of that kind in {@code NAME.key}: {@code rsa:2048}. */
    public Path selfSigned(String name, String kind, String commonName) {
        openssl(request(
                name,
                kind,
                commonName,
                "-x509",
                "-days",
                DAYS,
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1"));
        secure(name);
        return file(name + ".crt");
    }

    /** An authority: {@code NAME.crt} and {@code NAME.key}. */
    public Path authority(String name) {
        openssl(request(name, "rsa:2048", name, "-x509", "-days", DAYS));
        return file(name + ".crt");
    }

    /** A certificate that an authority vouches for. */
    public Path signed(String name, String commonName, String authority) {
        openssl(request(
                name, "rsa:2048", commonName, "-out", file(name + ".csr").toString()));
        write(name + ".ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
        openssl(
                "x509",
                "-req",
                "-in",
                text(name + ".csr"),
                "-CA",
                text(authority + ".crt"),
                "-CAkey",
                text(authority + ".key"),
                "-CAcreateserial",
                "-days",
                DAYS,
                "-extfile",
                text(name + ".ext"),
                "-out",
                text(name + ".crt"));
        secure(name);
        return file(name + ".crt");
    }

    /** A list, {@code AUTHORITY.crl}, of that one certificate that is not good any more. */
    public void revoke(String authority, String name) {
        write("index.txt", "");
        write("ca.cnf", """
                [ca]
                default_ca = it
                [it]
                database = index.txt
                default_md = sha256
                default_crl_days = 30
                """);
        String[] ca = {"ca", "-config", "ca.cnf", "-cert", authority + ".crt", "-keyfile", authority + ".key"};
        openssl(with(ca, "-revoke", name + ".crt"));
        openssl(with(ca, "-gencrl", "-out", authority + ".crl"));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    /** Runs openssl with these arguments. */
    public void openssl(String... arguments) {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Writes a file. */
    public void write(String name, String content) {
        try {
            Files.writeString(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the mode of a file: {@code rw-------}. */
    public void mode(String name, String mode) {
        try {
            Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void secure(String name) {
        mode(name + ".key", "rw-------");
    }

    private String text(String name) {
        return file(name).toString();
    }

    private String[] request(String name, String kind, String commonName, String... more) {
        var arguments = new ArrayList<>(List.of("req", "-new", "-nodes", "-subj", "/CN=" + commonName));
        arguments.addAll(List.of("-newkey", kind.startsWith("ec:") ? "ec" : kind));
        if (kind.startsWith("ec:")) {
            arguments.addAll(List.of("-pkeyopt", "ec_paramgen_curve:" + kind.substring(3)));
        }
        arguments.addAll(List.of("-keyout", text(name + ".key"), "-out", text(name + ".crt")));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
