-- Patients that are neither deleted nor off the list: those not yet projected count too. $1: hash of the type Patient.
select (select count(*) from search_token where hash = $1) - (select count(*) from worklist_child where not listed) as children
