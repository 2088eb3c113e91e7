@NullMarked
package dev.postmaster.admin;

import org.jspecify.annotations.NullMarked;
