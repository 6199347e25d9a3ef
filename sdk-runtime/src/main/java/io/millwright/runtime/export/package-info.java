/**
 * Models as text for other machines: a Java class without dependencies, a query of SQL, a function
 * block of IEC 61131-3. A model is brought to a {@code Formula}, and each language writes the same
 * formula. Public: hosts and plug-ins may use it.
 */
@NullMarked
package io.millwright.runtime.export;

import org.jspecify.annotations.NullMarked;
