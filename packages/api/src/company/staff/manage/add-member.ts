import type { Context } from '../../../platform/context.ts';
import { refuseTaken } from '../../../platform/database/refuse-taken.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { demandScope } from '../../callers/demand-scope.ts';
import { addStaff } from '../add-staff.ts';
import { isPin } from '../pin.ts';
import type { StaffMember } from './read-staff.ts';
import { checkPlaces } from './set-staff-roles.ts';

export interface NewMember {
  name: string;
  /** For the admin: an invitation goes there when it is asked for. */
  email: string | null;
  /** For tills: four to eight digits, shown to nobody afterwards. */
  pin: string | null;
  canWaive: boolean;
  grants: StaffMember['grants'];
  tills: StaffMember['tills'];
}

const LONGEST_NAME = 100;
const LONGEST_EMAIL = 254;
/** What is certainly none; whether one is there shows when it answers the invitation. */
const EMAIL = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@.<>"(),:;[\]\\]{2,}$/u;

/** Somebody for the admin, for tills, or both. @returns the id @throws InvalidInput @throws RequestError FORBIDDEN */
export async function addMember(ctx: Context, input: NewMember): Promise<string> {
  demandScope(ctx, 'staff.manage');
  const { name, email, pin, canWaive, grants, tills } = input;
  const problems = new InputProblems();
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  if (email === null && pin === null) problems.add(['email'], 'REQUIRED', 'an e-mail, a PIN, or both');
  if (email !== null && (email.length > LONGEST_EMAIL || !EMAIL.test(email)))
    problems.add(['email'], 'FORMAT', 'is no e-mail');
  if (pin !== null && !isPin(pin)) problems.add(['pin'], 'FORMAT', 'is four to eight digits');
  if (grants.length > 0 && email === null)
    problems.add(['email'], 'REQUIRED', 'nobody is in the admin without one');
  if (pin !== null && tills.length === 0) problems.add(['tills'], 'REQUIRED', 'a cashier works in a store');
  problems.refuseAny();
  await checkPlaces(ctx, grants, tills);
  return refuseTaken({ staff_email_unique: 'email' }, () =>
    addStaff(ctx, {
      name,
      canWaive,
      stores: tills,
      grants,
      ...(email === null ? {} : { email }),
      ...(pin === null ? {} : { pin }),
    }),
  );
}
