package dev.postmaster.config;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A version of TLS.
 *
 * @param mayBeAny whether an empty text is good, and means no limit
 */
record TlsVersionType(boolean mayBeAny) implements SettingType<TlsVersion> {

    @Override
    public TlsVersion parse(String name, String text) {
        return versions()
                .filter(version -> version.word().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> SettingType.invalid(name, text, "Available values: " + allowed() + "."));
    }

    @Override
    public String format(TlsVersion value) {
        return value.word();
    }

    @Override
    public String allowed() {
        return versions().map(TlsVersion::word).filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
    }

    private Stream<TlsVersion> versions() {
        return Arrays.stream(TlsVersion.values()).filter(version -> mayBeAny || version != TlsVersion.ANY);
    }
}
