package dev.postmaster.shmem;

/** Enums as words of the segment. The order of their constants is part of the layout. */
final class EnumWords {
    private EnumWords() {}

    @SuppressWarnings("EnumOrdinal") // see above
    static int wordOf(Enum<?> constant) {
        return constant.ordinal();
    }

    /** The constant of a word; {@code otherwise} for a word that makes no sense. */
    static <E extends Enum<E>> E constantOf(E[] constants, int word, E otherwise) {
        return word >= 0 && word < constants.length ? constants[word] : otherwise;
    }
}
