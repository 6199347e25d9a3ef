package io.millwright.integration.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.millwright.api.EnginePolicy;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightListener;
import io.millwright.api.ModelStore;
import io.millwright.api.PluginSource;
import io.millwright.integration.jackson.MillwrightJson;
import io.millwright.integration.jackson.MillwrightJson3;
import io.millwright.integration.micrometer.MillwrightMetrics;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JacksonModule;

/**
 * Auto-configuration of Spring Boot. Beans: {@code millwright} (closed with the context, which
 * cancels jobs and waits for them), {@code modelStore} when {@code millwright.store} is set, a
 * {@code Predictor<Table, Object>} for each of {@code millwright.models}, the facade of each
 * plug-in on the class path, Jackson's module, and where the host has them metrics, health and
 * info. Jobs run on Spring's application task executor; trainings on threads of their own, so that
 * a plan never waits for a training. Every {@link MillwrightListener} bean listens.
 *
 * <p>Serves Spring Boot 3 and 4, which have health contributors in different packages and write
 * JSON by Jackson 2 and 3; what is there is used.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration",
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    },
    beforeName = {
      "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration",
      "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
      "org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration"
    })
@EnableConfigurationProperties(MillwrightProperties.class)
public class MillwrightAutoConfiguration {

  private static final String HEALTH_3 = "org.springframework.boot.actuate.health.HealthIndicator";

  /** For Spring. */
  public MillwrightAutoConfiguration() {}

  /** The host. */
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  Millwright millwright(
      MillwrightProperties properties,
      ObjectProvider<MillwrightListener> listeners,
      @Qualifier("applicationTaskExecutor") ObjectProvider<Executor> executor) {
    EnginePolicy policy =
        switch (properties.device()) {
          case BEST -> EnginePolicy.automatic();
          case CPU -> EnginePolicy.automatic().cpuOnly();
          case GPU -> EnginePolicy.automatic().requireGpu();
        };
    if (properties.engine() != null) {
      policy = policy.withEngine(properties.engine());
    }
    Millwright.Builder builder =
        Millwright.builder().engines(policy).shutdownGrace(properties.shutdownGrace());
    executor.ifAvailable(builder::executor);
    listeners.orderedStream().forEach(builder::listener);
    if (properties.nativeCache() != null) {
      builder.nativeCache(properties.nativeCache());
    }
    if (properties.pluginFolder() != null) {
      builder.plugins(
          PluginSource.classPath(getClass().getClassLoader()),
          PluginSource.folder(properties.pluginFolder()));
    }
    return builder.build();
  }

  /** The store. */
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("millwright.store")
  ModelStore modelStore(Millwright millwright, MillwrightProperties properties) {
    return millwright.store(Objects.requireNonNull(properties.store(), "millwright.store"));
  }

  /** Predictors and facades. */
  @Bean
  static MillwrightBeans millwrightBeans(Environment environment) {
    return new MillwrightBeans(environment);
  }

  /** Outcomes as JSON. */
  @Bean
  @ConditionalOnMissingBean
  MillwrightJson millwrightJson(MillwrightProperties properties) {
    return new MillwrightJson(properties.level());
  }

  /** Where Micrometer and our binder are. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({MeterRegistry.class, MillwrightMetrics.class})
  static class Metrics {

    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    @ConditionalOnMissingBean
    MillwrightMetrics millwrightMetrics(MeterRegistry registry) {
      return MillwrightMetrics.of(registry);
    }
  }

  /** Where Jackson 3 is, which Spring Boot 4 uses. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(JacksonModule.class)
  static class Jackson3 {

    @Bean
    @ConditionalOnMissingBean
    MillwrightJson3 millwrightJson3(MillwrightProperties properties) {
      return new MillwrightJson3(properties.level());
    }
  }

  /** Where the actuator is. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(InfoContributor.class)
  static class Info {

    @Bean
    @ConditionalOnMissingBean(name = "millwrightInfoContributor")
    InfoContributor millwrightInfoContributor(Millwright millwright) {
      return new MillwrightInfo(millwright);
    }
  }

  /** Where the actuator of Spring Boot 3 is. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = HEALTH_3)
  static class Health3 {

    @Bean
    @ConditionalOnMissingBean(name = "millwrightHealthIndicator")
    HealthIndicator millwrightHealthIndicator(Millwright millwright) {
      return new MillwrightHealth(millwright);
    }
  }

  /** Where health contributors of Spring Boot 4 are. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  @ConditionalOnMissingClass(HEALTH_3)
  static class Health4 {

    @Bean
    @ConditionalOnMissingBean(name = "millwrightHealthIndicator")
    org.springframework.boot.health.contributor.HealthIndicator millwrightHealthIndicator(
        Millwright millwright) {
      return new MillwrightHealth4(millwright);
    }
  }
}
