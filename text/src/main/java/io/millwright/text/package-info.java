/**
 * Search in passages, and sentence encoders: the optional module {@code millwright-text}. What
 * users see is in {@code io.millwright.api.text}; this room makes it.
 */
@NullMarked
package io.millwright.text;

import org.jspecify.annotations.NullMarked;
