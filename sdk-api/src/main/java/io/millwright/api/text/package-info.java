/**
 * Texts: what users and integrators say when they learn from texts, search in passages, or let an
 * assistant answer. Records and interfaces; hosts and the optional module {@code millwright-text}
 * implement them.
 */
@NullMarked
package io.millwright.api.text;

import org.jspecify.annotations.NullMarked;
