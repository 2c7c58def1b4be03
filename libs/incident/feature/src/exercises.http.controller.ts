import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { ExerciseList, ExerciseView } from '@varde/contracts';
import type { SignedInPerson } from '@varde/platform-auth';
import { CurrentPerson, Permission } from '@varde/platform-http';
import { ExerciseDesk } from './exercise-desk.service';
import { ExerciseDto, ExerciseListDto, MoveExerciseDto } from './exercises.dto';

/** Exercises: while one runs in a country, events of mode exercise feed it. */
@Controller('v1/exercises')
export class ExercisesController {
  constructor(@Inject(ExerciseDesk) private readonly desk: ExerciseDesk) {}

  @Post('start')
  @Permission('exercise.start')
  @ApiOperation({ summary: 'Start the exercise of a country' })
  @ApiCreatedResponse({ type: ExerciseDto.Output })
  start(
    @Body() { country }: MoveExerciseDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ExerciseView> {
    return this.desk.start(person, country);
  }

  @Post('end')
  @HttpCode(200)
  @Permission('exercise.end')
  @ApiOperation({ summary: 'End the exercise of a country' })
  @ApiOkResponse({ type: ExerciseDto.Output })
  end(
    @Body() { country }: MoveExerciseDto,
    @CurrentPerson() person: SignedInPerson,
  ): Promise<ExerciseView> {
    return this.desk.end(person, country);
  }

  @Get()
  @Permission('exercise.read')
  @ApiOperation({ summary: 'List exercises, newest first' })
  @ApiOkResponse({ type: ExerciseListDto.Output })
  async list(@CurrentPerson() person: SignedInPerson): Promise<ExerciseList> {
    return { exercises: await this.desk.list(person) };
  }
}
