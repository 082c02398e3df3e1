@NullMarked
package dev.jci.packaging;

import org.jspecify.annotations.NullMarked;
