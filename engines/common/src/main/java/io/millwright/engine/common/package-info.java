/**
 * What engines share before their libraries load: the environment of the process, which Java can
 * read but not write by itself, and the name of the platform. Imports no engine. Internal.
 */
@NullMarked
package io.millwright.engine.common;

import org.jspecify.annotations.NullMarked;
