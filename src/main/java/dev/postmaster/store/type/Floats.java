package dev.postmaster.store.type;

import java.math.BigDecimal;

/** The text of floating-point numbers: the shortest that reads back the same, laid out as float8out does. */
final class Floats {
    /** From this exponent on a float8 is written with one (DBL_DIG). */
    private static final int DOUBLE_DIGITS = 15;

    /** The same for a float4 (FLT_DIG). */
    private static final int FLOAT_DIGITS = 6;

    private Floats() {}

    static String float8(double value) {
        return Double.isFinite(value) ? layout(Double.toString(value), DOUBLE_DIGITS) : Double.toString(value);
    }

    static String float4(float value) {
        return Float.isFinite(value) ? layout(Float.toString(value), FLOAT_DIGITS) : Float.toString(value);
    }

    /** As numeric_out writes: never an exponent. */
    static String numeric(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        return decimal(value).toPlainString();
    }

    static BigDecimal decimal(double value) {
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /** Java's shortest digits, in C's layout. */
    private static String layout(String java, int digits) {
        boolean negative = java.charAt(0) == '-';
        BigDecimal value = new BigDecimal(java).abs();
        if (value.signum() == 0) {
            return negative ? "-0" : "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        String sign = negative ? "-" : "";
        if (exponent >= -4 && exponent < digits) {
            return sign + stripped.toPlainString();
        }
        String mantissa = stripped.unscaledValue().toString();
        String point = mantissa.length() == 1 ? mantissa : mantissa.charAt(0) + "." + mantissa.substring(1);
        String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return sign + point + (exponent < 0 ? "e-" : "e+") + power;
    }
}
