import 'reflect-metadata';
import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Permission as PermissionName, SignedInPerson } from '@varde/platform-auth';

const permissionKey = 'varde:permission';
const publicKey = 'varde:public';
const freshKey = 'varde:fresh';

/** The route, or every route of the class, is open to whoever holds the permission. @source S-6 */
export const Permission = (permission: PermissionName): MethodDecorator & ClassDecorator =>
  SetMetadata(permissionKey, permission);

/** The route, or every route of the class, is open to everybody. The reason is read by whoever reviews it. @source S-6 */
export const Public = (reason: string): MethodDecorator & ClassDecorator =>
  SetMetadata(publicKey, reason);

/** The route needs a sign-in that was made for this act within the last five minutes: approve, dispatch, release. @source S-1 */
export const Fresh = (): MethodDecorator => SetMetadata(freshKey, true);

/** What a route declares about who may use it. */
export interface AccessRule {
  readonly permission?: PermissionName;
  readonly publicReason?: string;
  readonly fresh: boolean;
}

/** The rule of a handler: its own decorators first, then those of its class. */
export function accessRuleOf(handler: object, controller: object): AccessRule {
  const said = <T>(key: string): T | undefined =>
    (Reflect.getMetadata(key, handler) ?? undefined) as T | undefined;
  const ofClass = <T>(key: string): T | undefined =>
    (Reflect.getMetadata(key, controller) ?? undefined) as T | undefined;
  const isSaidHere = said(permissionKey) !== undefined || said(publicKey) !== undefined;
  const permission = isSaidHere
    ? said<PermissionName>(permissionKey)
    : ofClass<PermissionName>(permissionKey);
  const publicReason = isSaidHere ? said<string>(publicKey) : ofClass<string>(publicKey);
  return {
    ...(permission === undefined ? {} : { permission }),
    ...(publicReason === undefined ? {} : { publicReason }),
    fresh: said<boolean>(freshKey) === true,
  };
}

const people = new WeakMap<object, SignedInPerson>();

/** Remembers who made a request, for as long as the request lives. */
export const rememberPerson = (request: object, person: SignedInPerson): void => {
  people.set(request, person);
};

/** Who made a request; `undefined` on a public route. */
export const personOfRequest = (request: object): SignedInPerson | undefined => people.get(request);

/**
 * Parameter of a handler: the person behind the request.
 *
 * @throws Error on a public route, where there is none: a mistake in the program
 */
export const CurrentPerson = createParamDecorator(
  (_: unknown, context: ExecutionContext): SignedInPerson => {
    const person = personOfRequest(context.switchToHttp().getRequest<object>());
    if (person) return person;
    throw new Error(
      `${context.getClass().name}.${context.getHandler().name} asks for a person on a public route.`,
    );
  },
);
