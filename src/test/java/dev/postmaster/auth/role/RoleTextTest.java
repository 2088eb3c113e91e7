package dev.postmaster.auth.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTextTest {
    @Test
    void aBookIsReadAsItWasWritten() throws RoleText.Damaged {
        RoleBook book = full();
        assertThat(RoleText.read(RoleText.write(book))).isEqualTo(book);
    }

    @Test
    void aNewBookIsReadAsItWasWritten() throws RoleText.Damaged {
        RoleBook book = RoleBook.initial("ann", Optional.empty());
        assertThat(RoleText.read(RoleText.write(book))).isEqualTo(book);
    }

    @Test
    void anyByteThatChangesIsNoticed() {
        String text = RoleText.write(full());
        for (int i = 0; i < text.length(); i++) {
            String damaged = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            assertThatThrownBy(() -> RoleText.read(damaged)).isInstanceOf(RoleText.Damaged.class);
        }
    }

    @Test
    void aTextThatIsCutIsNoticed() {
        String text = RoleText.write(full());
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> RoleText.read(cut)).isInstanceOf(RoleText.Damaged.class);
        }
    }

    private static RoleBook full() {
        Role odd = Role.of(20000, "o\tdd \\ näme\n", EnumSet.of(RoleAttribute.LOGIN))
                .withConnectionLimit(3)
                .withVerifier(Optional.of("SCRAM-SHA-256$4096:c2FsdA==$a:b"))
                .withValidUntil(Optional.of(Instant.parse("2027-01-01T00:00:00.5Z")))
                .with(new Membership(PredefinedRole.PG_WRITE_ALL_DATA.oid(), Role.BOOTSTRAP, true))
                .withSettings(Map.of("work_mem", "4MB", "search_path", "\"$user\", public"));
        DatabaseRights rights = DatabaseRights.of("shop", odd.oid())
                .withConnectionLimit(7)
                .withAllowConnections(false)
                .revoke(DatabaseRights.PUBLIC, Set.of(Privilege.CONNECT));
        return RoleBook.initial("ann", Optional.of("SCRAM-SHA-256$1")).with(odd).with(rights);
    }
}
