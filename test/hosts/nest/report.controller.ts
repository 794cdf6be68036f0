import { Controller, Get } from '@nestjs/common';

@Controller('api/report')
export class ReportController {
  @Get()
  show(): string {
    return 'the report';
  }
}
