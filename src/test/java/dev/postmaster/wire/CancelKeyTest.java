package dev.postmaster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CancelKeyTest {
    private final byte[] secret = new byte[CancelKey.FULL_LENGTH];

    CancelKeyTest() {
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (i + 65);
        }
    }

    private static void assertRejected(int length) {
        assertThatThrownBy(() -> new CancelKey(new byte[length])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasBetween1And256Bytes() {
        assertRejected(0);
        assertThat(new CancelKey(new byte[1]).bytes()).hasSize(1);
        assertThat(new CancelKey(new byte[256]).bytes()).hasSize(256);
        assertRejected(257);
    }

    @Test
    void isEqualByContentAndLength() {
        assertThat(new CancelKey(secret)).isEqualTo(new CancelKey(secret.clone()));
        assertThat(new CancelKey(secret)).hasSameHashCodeAs(new CancelKey(secret.clone()));
        assertThat(new CancelKey(secret)).isNotEqualTo(new CancelKey(Arrays.copyOf(secret, 4)));
        byte[] other = secret.clone();
        other[31]++;
        assertThat(new CancelKey(secret)).isNotEqualTo(new CancelKey(other));
    }

    @Test
    void isShortForClientsBeforeProtocol32_LN11() {
        CancelKey full = new CancelKey(secret);
        assertThat(full.asGivenTo(new ProtocolVersion(3, 2))).isEqualTo(full);
        assertThat(full.asGivenTo(new ProtocolVersion(3, 1)).bytes()).isEqualTo(Arrays.copyOf(secret, 4));
        assertThat(full.asGivenTo(new ProtocolVersion(3, 0)).bytes()).isEqualTo(Arrays.copyOf(secret, 4));
    }

    @Test
    void isNeverPrinted() {
        assertThat(new CancelKey(secret)).hasToString("CancelKey[32 bytes]");
    }

    @Test
    void cannotBeChangedFromOutside() {
        CancelKey key = new CancelKey(secret);
        byte first = secret[0];
        secret[0]++;
        key.bytes()[0]++;
        assertThat(key.bytes()[0]).isEqualTo(first);
    }
}
