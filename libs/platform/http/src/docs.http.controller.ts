import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, type OpenAPIObject } from '@nestjs/swagger';
import { Public } from './access';
import { docsPage, docsStyle } from './docs-page';
import { plainPagePolicy } from './security-headers';
import { docsToken } from './tokens';

/** What the documentation routes show. Filled once the program knows all its routes. */
export interface Docs {
  document?: OpenAPIObject;
}

/** The documentation of the API, by the API. */
@Controller('docs')
@Public('the shape of the API is no secret; what is behind it is guarded')
export class DocsController {
  constructor(@Inject(docsToken) private readonly docs: Docs) {}

  @Get()
  @ApiOperation({ summary: 'This documentation as a page' })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', plainPagePolicy)
  page(): string {
    return docsPage(this.document());
  }

  @Get('style.css')
  @ApiOperation({ summary: 'Style sheet of the page' })
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return docsStyle;
  }

  @Get('openapi.json')
  @ApiOperation({ summary: 'This documentation as an OpenAPI document' })
  openApi(): OpenAPIObject {
    return this.document();
  }

  private document(): OpenAPIObject {
    if (this.docs.document) return this.docs.document;
    throw new Error('The documentation was asked for before the program had started.');
  }
}
