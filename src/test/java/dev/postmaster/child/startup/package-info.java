@NullMarked
package dev.postmaster.child.startup;

import org.jspecify.annotations.NullMarked;
