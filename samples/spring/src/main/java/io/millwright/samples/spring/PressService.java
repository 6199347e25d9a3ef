package io.millwright.samples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service. */
@SpringBootApplication
@EnableScheduling
public class PressService {

  /** Made by Spring. */
  PressService() {}

  /**
   * Starts the service.
   *
   * @param args properties, such as {@code --millwright.store=/var/lib/plant/models}
   */
  public static void main(String[] args) {
    SpringApplication.run(PressService.class, args);
  }
}
