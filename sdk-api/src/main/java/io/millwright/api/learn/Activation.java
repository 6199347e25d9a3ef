package io.millwright.api.learn;

/** What a layer does to each of its sums (activation function). */
public enum Activation {
  /** x. */
  LINEAR,
  /** max(0, x). */
  RELU,
  /** x for x above 0, otherwise 0.01 x. */
  LEAKY_RELU,
  /** x for x above 0, otherwise exp(x) - 1. */
  ELU,
  /** x / (1 + exp(-x)), also called swish. */
  SILU,
  /** x times the normal distribution function of x, in its exact form by the error function. */
  GELU,
  /** ln(1 + exp(x)). */
  SOFTPLUS,
  /** 1 / (1 + exp(-x)). */
  SIGMOID,
  /** The hyperbolic tangent. */
  TANH
}
