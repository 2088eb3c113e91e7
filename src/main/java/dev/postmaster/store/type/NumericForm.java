package dev.postmaster.store.type;

import dev.postmaster.report.ReportException;
import dev.postmaster.report.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary form of {@code numeric} (numeric_send): count of digits, weight of the first, sign and display scale as
 * 16-bit words, then digits to the base 10000.
 */
final class NumericForm {
    private static final int DIGITS_PER_WORD = 4;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;

    private NumericForm() {}

    static byte[] encode(BigDecimal value) {
        int scale = Math.max(value.scale(), 0);
        int fractionWords = (scale + DIGITS_PER_WORD - 1) / DIGITS_PER_WORD;
        List<Integer> digits =
                digits(value.abs().setScale(fractionWords * DIGITS_PER_WORD).unscaledValue());
        int weight = digits.isEmpty() ? 0 : digits.size() - fractionWords - 1;
        while (!digits.isEmpty() && digits.getLast() == 0) {
            digits.removeLast();
        }
        ByteBuffer out = ByteBuffer.allocate(8 + 2 * digits.size())
                .putShort((short) digits.size())
                .putShort((short) weight)
                .putShort((short) (value.signum() < 0 ? NEGATIVE : 0))
                .putShort((short) scale);
        for (int digit : digits) {
            out.putShort((short) digit);
        }
        return out.array();
    }

    /** To the base 10000, most significant first; none for zero. */
    private static List<Integer> digits(BigInteger number) {
        List<Integer> digits = new ArrayList<>();
        for (BigInteger rest = number; rest.signum() != 0; ) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits.addFirst(parts[1].intValue());
            rest = parts[0];
        }
        return digits;
    }

    static BigDecimal decode(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int words = in.getShort();
            int weight = in.getShort();
            int sign = in.getShort() & 0xFFFF;
            int scale = in.getShort();
            BigInteger digits = BigInteger.ZERO;
            for (int i = 0; i < words; i++) {
                digits = digits.multiply(BASE).add(BigInteger.valueOf(in.getShort()));
            }
            if (in.hasRemaining() || (sign != 0 && sign != NEGATIVE)) {
                throw malformed(sign == NAN ? "NaN is not supported" : "invalid sign or length");
            }
            BigDecimal value = new BigDecimal(digits, (words - weight - 1) * DIGITS_PER_WORD)
                    .setScale(scale, RoundingMode.HALF_UP);
            return sign == NEGATIVE ? value.negate() : value;
        } catch (BufferUnderflowException e) {
            throw malformed("too short");
        }
    }

    private static ReportException malformed(String why) {
        return SqlError.of(SqlState.INVALID_BINARY_REPRESENTATION, "invalid external \"numeric\" value: " + why);
    }
}
