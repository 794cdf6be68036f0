import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { proxy } from './offers.js';

const app = await NestFactory.create(AppModule);
app.use('/upgrade-offer', proxy.listener);
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT']), '127.0.0.1');
