import { z } from 'zod';
import { defineRoute } from '#contracts/rest/v1/route';

export const openApiRoutes = {
  openApi: defineRoute({
    method: 'GET',
    path: '/openapi.json',
    authority: 'public',
    summary: 'This interface, as an OpenAPI document.',
    answers: { 200: z.looseObject({ openapi: z.string() }) },
    errors: [],
  }),
} as const;
