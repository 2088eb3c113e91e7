package dev.postmaster.initdb;

import dev.postmaster.config.Guc;
import dev.postmaster.config.Setting;
import dev.postmaster.config.Settings;

/** The configuration a new cluster starts with: every setting as a comment, and local clients trusted. */
final class SampleFiles {
    private SampleFiles() {}

    /** {@code postmaster.conf}, written from the settings there are. */
    static String configuration() {
        StringBuilder text = new StringBuilder("""
                # Settings of this cluster: NAME = VALUE, one a line, read at start and on SIGHUP.
                # A setting behind a # has the default shown. The command line (-c NAME=VALUE) is stronger than
                # this file, this file is stronger than POSTMASTER_* in the environment.
                # Units: B, kB, MB, GB, TB; us, ms, s, min, h, d.
                """);
        for (Setting<?> setting : Guc.all()) {
            text.append("\n# ").append(setting.description()).append('.');
            switch (setting.context()) {
                case POSTMASTER -> text.append(" (change requires restart)");
                case SIGHUP, BACKEND, USER -> {}
            }
            text.append("\n#")
                    .append(setting.name())
                    .append(" = ")
                    .append(value(setting))
                    .append('\n');
        }
        return text.toString();
    }

    private static String value(Setting<?> setting) {
        String shown = setting.show(Settings.DEFAULTS);
        boolean plain = !shown.isEmpty() && shown.chars().allMatch(Character::isLetterOrDigit);
        return plain ? shown : '\'' + shown.replace("'", "''") + '\'';
    }

    /**
     * {@code pg_hba.conf}: who is on this machine may connect, others may not.
     *
     * @param local the method for Unix sockets
     * @param host the method for TCP
     */
    static String hostBasedAuthentication(String local, String host) {
        return """
            # Who may connect, and how they prove who they are: the first line that fits a client decides, and whom no
            # line fits is refused. A change holds for whoever connects next; the postmaster checks the file at its
            # start and on SIGHUP.
            #
            # TYPE      local (Unix socket), host (TCP), hostssl, hostnossl
            # DATABASE  all, sameuser, samerole, names, /regular expression, @file; several with commas
            # USER      all, names, +role for its members, /regular expression, @file; several with commas
            # ADDRESS   all, samehost, samenet, a network such as 10.0.0.0/8, a host name, .domain
            # METHOD    trust, reject, peer, scram-sha-256
            #
            # CAUTION: "trust" lets anybody on this machine connect as any role. Use another method where you do not
            # trust everybody who can log in here.

            # TYPE  DATABASE        USER            ADDRESS                 METHOD

            # "local" is for Unix domain socket connections only
            local   all             all                                     @local@
            # IPv4 local connections:
            host    all             all             127.0.0.1/32            @host@
            # IPv6 local connections:
            host    all             all             ::1/128                 @host@
            """.replace("@local@", local).replace("@host@", host);
    }

    /** {@code pg_ident.conf}: nobody but who has the same name. */
    static String identMap() {
        return """
            # Which user of the operating system may be which role, for lines of pg_hba.conf with map=NAME.
            # A user that begins with a slash is a regular expression; \\1 in the role is its first group.

            # MAPNAME       SYSTEM-USERNAME         ROLE
            """;
    }
}
