@NullMarked
package dev.postmaster.child.checkpointer;

import org.jspecify.annotations.NullMarked;
