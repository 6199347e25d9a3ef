/**
 * Millwright in a Spring Boot application: the auto-configuration and its properties ({@code
 * millwright.*}). Tried with Spring Boot 3.5 and 4.0. A bean of the application's own replaces any
 * of ours.
 */
@NullMarked
package io.millwright.integration.spring;

import org.jspecify.annotations.NullMarked;
