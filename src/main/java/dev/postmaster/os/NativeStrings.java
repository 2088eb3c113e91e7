package dev.postmaster.os;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.List;

/** An argv or environment: an array of pointers that ends with NULL, and the strings it points to, in one block. */
final class NativeStrings implements AutoCloseable {
    private final Memory block;

    NativeStrings(List<String> texts) {
        List<byte[]> strings = texts.stream().map(Calls::cString).toList();
        long arraySize = (long) Native.POINTER_SIZE * (strings.size() + 1);
        block = new Memory(
                arraySize + strings.stream().mapToLong(string -> string.length).sum());
        long slot = 0;
        long end = arraySize;
        for (byte[] string : strings) {
            block.write(end, string, 0, string.length);
            block.setPointer(slot, block.share(end));
            slot += Native.POINTER_SIZE;
            end += string.length;
        }
        block.setPointer(slot, Pointer.NULL);
    }

    Pointer array() {
        return block;
    }

    @Override
    public void close() {
        block.close();
    }
}
