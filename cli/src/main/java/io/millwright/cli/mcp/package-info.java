/**
 * A server of the Model Context Protocol over standard input and output: the tools of Millwright
 * for an assistant that somebody else brings.
 */
@NullMarked
package io.millwright.cli.mcp;

import org.jspecify.annotations.NullMarked;
