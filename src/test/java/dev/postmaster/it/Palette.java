package dev.postmaster.it;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Makes a picture small: of its colours it keeps the 256 that are seen most, and shows the others as the nearest of these. */
final class Palette {
    private static final int MOST = 256;
    private static final int BITS = 8;
    private static final int BYTE = 0xFF;

    private final int[] colours;
    private final Map<Integer, Integer> nearest = new HashMap<>();

    private Palette(int[] colours) {
        this.colours = colours;
    }

    static BufferedImage reduce(BufferedImage picture) {
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        var palette = new Palette(counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .mapToInt(Map.Entry::getKey)
                .toArray());
        var model =
                new IndexColorModel(BITS, palette.colours.length, palette.colours, 0, false, -1, DataBuffer.TYPE_BYTE);
        var small = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        small.getRaster()
                .setPixels(
                        0,
                        0,
                        picture.getWidth(),
                        picture.getHeight(),
                        Arrays.stream(pixels).map(palette::index).toArray());
        return small;
    }

    private int index(int pixel) {
        return nearest.computeIfAbsent(pixel, this::search);
    }

    private int search(int pixel) {
        int best = 0;
        for (int candidate = 1; candidate < colours.length; candidate++) {
            if (distance(pixel, colours[candidate]) < distance(pixel, colours[best])) {
                best = candidate;
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        int distance = 0;
        for (int shift = 0; shift < 3 * BITS; shift += BITS) {
            int difference = ((one >> shift) & BYTE) - ((other >> shift) & BYTE);
            distance += difference * difference;
        }
        return distance;
    }
}
