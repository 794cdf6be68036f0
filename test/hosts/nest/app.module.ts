import { Module, type MiddlewareConsumer, type NestModule, type OnApplicationShutdown } from '@nestjs/common';
import { proxy } from './offers.js';
import { ReportController } from './report.controller.js';

@Module({ controllers: [ReportController] })
export class AppModule implements NestModule, OnApplicationShutdown {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(proxy.requireEntitlement('advanced-analytics')).forRoutes(ReportController);
  }

  onApplicationShutdown(): Promise<void> {
    return proxy.close();
  }
}
